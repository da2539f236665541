/**
 * The store of this page: the one instance that every view shares.
 */
import type { Store } from "./store.ts";

/** Opens at first use. */
export declare function store(): Store;
