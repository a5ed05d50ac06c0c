import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Home } from '../support/home';

/** What a traced application tried to send to anywhere but this machine itself. */
export interface Outbound {
  /** System calls that send, or that open a TCP connection; name server queries wherever they go. */
  readonly sends: readonly string[];
  /** connect() on UDP sockets, which sends nothing: the system is asked for its route. */
  readonly routeProbes: readonly string[];
}

/** A program that runs the given one under strace and writes down its network calls. */
export function tracedProgram(executablePath: string, home: Home): string {
  const program = join(home.folder, 'traced.sh');
  const trace = `strace -f -qq -yy -s 0 --seccomp-bpf -e trace=network -e signal=none`;
  const command = `exec ${trace} -o '${traceFile(home)}' '${executablePath}' "$@"`;
  writeFileSync(program, `#!/bin/sh\n${command}\n`, { mode: 0o755 });
  return program;
}

/** Call after the application has ended. */
export function readOutbound(home: Home): Outbound {
  const lines = readFileSync(traceFile(home), 'utf8').split('\n');
  if (!lines.some((line) => line.includes('AF_UNIX'))) throw new Error('the trace is empty');
  return findOutbound(lines);
}

/** Sorts strace's lines (options -f -yy). */
export function findOutbound(lines: readonly string[]): Outbound {
  const sends: string[] = [];
  const routeProbes: string[] = [];
  for (const line of lines) {
    const [, name, socket = '', rest = ''] =
      /^\d+ +(connect|sendto|sendmsg|sendmmsg)\(\d+<([^[]*\[[^\]]*\][^>]*|[^>]*)>(.*)$/.exec(
        line,
      ) ?? [];
    const target = name === undefined ? null : targetOf(socket, rest);
    if (target === null || (isThisMachine(target.address) && target.port !== 53)) continue;
    if (name === 'connect' && socket.startsWith('UDP')) routeProbes.push(line);
    else sends.push(line);
  }
  return { sends, routeProbes };
}

interface Target {
  readonly address: string;
  readonly port: number;
}

/** From the address in the call, else from the socket, which strace shows as `UDP:[from->to:port]`. */
function targetOf(socket: string, rest: string): Target | null {
  const named = /sin6?_port=htons\((\d+)\).*?(?:inet_addr\("|inet_pton\(AF_INET6, ")([^"]+)"/.exec(
    rest,
  );
  if (named !== null) return { address: named[2] ?? '', port: Number(named[1]) };
  const joined = /->\[?([\d.a-f:]+?)\]?:(\d+)\]/.exec(socket);
  return joined === null ? null : { address: joined[1] ?? '', port: Number(joined[2]) };
}

function isThisMachine(address: string): boolean {
  return /^(::ffff:)?127\./.test(address) || address === '::1';
}

function traceFile(home: Home): string {
  return join(home.folder, 'network.trace');
}
