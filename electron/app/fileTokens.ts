import { randomUUID } from 'node:crypto';

/** Paths that were given out as tokens, so that the window can name a file without knowing where it is. */
export interface FileTokens {
  tokenFor(path: string): string;
  resolveToken(token: string): string | null;
  remember(token: string, path: string): void;
}

const MAX_TOKENS = 256;

export function createFileTokens(): FileTokens {
  const paths = new Map<string, string>();
  function remember(token: string, path: string): void {
    const oldest = paths.keys().next();
    if (paths.size >= MAX_TOKENS && !oldest.done) paths.delete(oldest.value);
    paths.set(token, path);
  }
  return {
    tokenFor(path) {
      const token = randomUUID();
      remember(token, path);
      return token;
    },
    resolveToken: (token) => paths.get(token) ?? null,
    remember,
  };
}
