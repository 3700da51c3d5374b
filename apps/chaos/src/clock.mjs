/** Milliseconds on a clock that all processes of this machine share. It never jumps. */
export const machineMs = () => Number(process.hrtime.bigint() / 1000n) / 1000;

/**
 * Creates a clock that runs `speed` times as fast as the machine's. It shows the same time in every process that passes the
 * same `epoch`.
 */
export function fastClock(speed, { machine, wall }) {
  const elapsed = () => Math.round((machineMs() - machine) * speed);
  return {
    now: () => wall + elapsed(),
    monotonic: elapsed,
    after: (ms, run) => {
      const timer = setTimeout(run, ms / speed);
      return () => clearTimeout(timer);
    },
  };
}

/** Returns the current moment, as the epoch of the clocks of a scenario. */
export const createEpoch = () => ({ machine: machineMs(), wall: Date.now() });
