// Property tests begin from one seed, so that a change is judged and not chance; SEED=random tries others, and a failure
// prints the seed that shows it.
import fc from "fast-check";

const { SEED = "20261120" } = process.env;
fc.configureGlobal(SEED === "random" ? {} : { seed: Number(SEED) });
