/** The normal distribution, to nearly the precision of a double. */

export function normalPdf(z: number): number {
  return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
}

/** Φ: a series near the middle, a continued fraction in the tails. */
export function normalCdf(z: number): number {
  const size = Math.abs(z);
  if (size > 38) return z > 0 ? 1 : 0;
  if (size < 3) {
    let term = z;
    let sum = z;
    for (let odd = 3; Math.abs(term) > 1e-17; odd += 2) sum += term *= (z * z) / odd;
    return 0.5 + sum * normalPdf(z);
  }
  let fraction = size;
  for (let step = 60; step > 0; step -= 1) fraction = size + step / fraction;
  const tail = normalPdf(size) / fraction;
  return z > 0 ? 1 - tail : tail;
}

/** The inverse of Φ: Newton's steps, which cannot leave the tails since they are halved there. */
export function normalQuantile(p: number): number {
  let [low, high] = [-38, 38];
  let z = 0;
  for (let step = 0; step < 100 && high - low > 1e-13; step += 1) {
    const miss = normalCdf(z) - p;
    if (miss > 0) high = z;
    else low = z;
    const next = z - miss / normalPdf(z);
    const inside = next > low && next < high;
    if (inside && Math.abs(next - z) < 1e-14) return next;
    z = inside ? next : (low + high) / 2;
  }
  return z;
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
