/** Python source, as text. */
declare module "*.py" {
  const source: string;
  export default source;
}

declare module "pyodide/pyodide.asm.mjs" {
  const createPyodideModule: never;
  export default createPyodideModule;
}
