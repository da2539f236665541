/** How figures say numbers. */

export function percent(share: number, digits = 0): string {
  return `${(100 * share).toFixed(digits)}%`;
}

/** A share with as many digits as it needs: 0.1%, 2%, 35%. */
export function share(value: number): string {
  return `${Number((100 * value).toPrecision(3))}%`;
}

/** A count with its thousands parted: 12,400. */
export function count(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}

export function dollars(value: number): string {
  return `$${count(value)}`;
}

export function fixed(digits: number): (value: number) => string {
  return (value) => value.toFixed(digits).replace("-", "−");
}

/** "1 step", "2 steps". */
export function counted(number: number, noun: string): string {
  return `${count(number)} ${noun}${number === 1 ? "" : "s"}`;
}
