/**
 * Attempts at exercises, and what they say together: whether an exercise was tried, whether it was passed, and in what
 * time. The index of exercises and everything that judges readiness ask here.
 */

export interface Attempt {
  /** The id of its page. */
  readonly exercise: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** That the clock showed. */
  readonly seconds: number;
  readonly code: string;
  /** Names of checks. One that did not run has failed. */
  readonly passed: readonly string[];
  readonly failed: readonly string[];
  /** Without hints, on an empty screen. */
  readonly interview: boolean;
}

/** What stands in the editor. */
export interface Draft {
  readonly exercise: string;
  readonly code: string;
  readonly seconds: number;
  readonly interview: boolean;
}

export interface Summary {
  readonly attempts: number;
  readonly passed: boolean;
  /** As in an interview. */
  readonly passedInInterview: boolean;
  /** The fewest seconds of an attempt that passed; null when none did. */
  readonly best: number | null;
  /** The most checks that passed at a time, of how many. */
  readonly most: number;
  readonly checks: number;
}

const NOTHING: Summary = { attempts: 0, passed: false, passedInInterview: false, best: null, most: 0, checks: 0 };

export function keyOfAttempt({ exercise, at }: Attempt): string {
  return `${exercise}@${at}`;
}

export function isPassed({ passed, failed }: Attempt): boolean {
  return passed.length > 0 && failed.length === 0;
}

/** What the attempts say, by exercise. */
export function summarize(attempts: Iterable<Attempt>): ReadonlyMap<string, Summary> {
  const found = new Map<string, Summary>();
  for (const attempt of attempts) {
    const before = found.get(attempt.exercise) ?? NOTHING;
    const { passed, failed, seconds, interview } = attempt;
    const whole = isPassed(attempt);
    const better = passed.length >= before.most;
    found.set(attempt.exercise, {
      attempts: before.attempts + 1,
      passed: before.passed || whole,
      passedInInterview: before.passedInInterview || (whole && interview),
      best: whole ? Math.min(before.best ?? seconds, seconds) : before.best,
      most: Math.max(before.most, passed.length),
      checks: better ? passed.length + failed.length : before.checks,
    });
  }
  return found;
}

/** Of one exercise, the newest first. */
export function attemptsAt(attempts: Iterable<Attempt>, exercise: string): readonly Attempt[] {
  return [...attempts].filter((one) => one.exercise === exercise).sort((a, b) => b.at - a.at);
}

/** `1:02:03`, `12:04` */
export function clockOf(seconds: number): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}
