/** A few words of linear algebra, for systems small enough for a figure. */

export type Matrix = readonly (readonly number[])[];

export function transpose(a: Matrix): number[][] {
  return (a[0] ?? []).map((_, column) => a.map((row) => row[column] ?? 0));
}

export function dotted(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let at = 0; at < a.length; at += 1) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
}

export function times(a: Matrix, b: Matrix): number[][] {
  const columns = transpose(b);
  return a.map((row) => columns.map((column) => dotted(row, column)));
}

/** Solves a X = b for a symmetric positive definite a, by Cholesky. */
export function solved(a: Matrix, b: Matrix): number[][] {
  const size = a.length;
  const low: number[][] = a.map(() => Array<number>(size).fill(0));
  for (let row = 0; row < size; row += 1)
    for (let column = 0; column <= row; column += 1) {
      let sum = a[row]![column]!;
      for (let at = 0; at < column; at += 1) sum -= low[row]![at]! * low[column]![at]!;
      low[row]![column] = row === column ? Math.sqrt(sum) : sum / low[column]![column]!;
    }
  const out = b.map((row) => [...row]);
  for (const column of (b[0] ?? []).keys()) {
    for (let row = 0; row < size; row += 1) {
      for (let at = 0; at < row; at += 1) out[row]![column]! -= low[row]![at]! * out[at]![column]!;
      out[row]![column]! /= low[row]![row]!;
    }
    for (let row = size - 1; row >= 0; row -= 1) {
      for (let at = row + 1; at < size; at += 1) out[row]![column]! -= low[at]![row]! * out[at]![column]!;
      out[row]![column]! /= low[row]![row]!;
    }
  }
  return out;
}
