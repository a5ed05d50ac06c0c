/** Where core says what went wrong: never secrets, never values of rows. */
export interface Log {
  info(message: string, facts?: Readonly<Record<string, unknown>>): void;
  error(message: string, facts?: Readonly<Record<string, unknown>>): void;
}

/** A log of JSON lines; `write` gets one line at a time without the line end. */
export function createLog(write: (line: string) => void): Log {
  function line(
    level: string,
    message: string,
    facts: Readonly<Record<string, unknown>> = {},
  ): void {
    write(
      JSON.stringify({ atUtc: new Date().toISOString(), level, message, ...plainFacts(facts) }),
    );
  }
  return {
    info: (message, facts) => line('info', message, facts),
    error: (message, facts) => line('error', message, facts),
  };
}

function plainFacts(facts: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(facts).map(([key, fact]) => [
      key,
      fact instanceof Error ? describeError(fact) : fact,
    ]),
  );
}

function describeError(error: Error): { name: string; message: string; stack: string } {
  return { name: error.name, message: error.message, stack: error.stack ?? '' };
}
