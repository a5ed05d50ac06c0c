import { expect, test } from '@playwright/test';
import { rmSync } from 'node:fs';
import { lockByCall } from './security/bridge';
import { measured } from './security/measured';
import { tryEveryWayOut } from './security/hostileVectors';
import { findOutbound, readOutbound, tracedProgram, type Outbound } from './security/packets';
import { startAssay, type Started } from './security/startAssay';
import { writeUnhardenedApp } from './security/unhardenedApp';
import { exploreSample } from './support/workspace';

// strace sees the network calls of every process of the application, its job processes too.
test.skip(process.platform !== 'linux', 'strace is there on Linux only');
test.slow();

async function outboundOf(
  appFolder: string | undefined,
  session: (started: Started) => Promise<void>,
): Promise<Outbound> {
  const started = await startAssay({ appFolder, wrap: tracedProgram });
  try {
    await session(started);
    await started.stop();
    return readOutbound(started.home);
  } finally {
    await started.discard();
  }
}

test('a benign session sends nothing', async () => {
  const { sends, routeProbes } = await outboundOf(undefined, async (started) => {
    await expect(started.page().getByRole('button', { name: /Explore the sample/ })).toBeVisible();
    await exploreSample(started.page());
    await lockByCall(started);
  });
  measured(`benign session: ${sends.length} sends, ${routeProbes.length} route probes`);
  expect(sends).toEqual([]);
});

test('a hostile page sends nothing, whatever it tries', async () => {
  let nWays = 0;
  const { sends, routeProbes } = await outboundOf(undefined, async (started) => {
    nWays = await tryEveryWayOut(started.page());
    expect(started.page().url()).toBe('app://ui/index.html');
  });
  measured(
    `hostile page: ${nWays} ways, ${sends.length} sends, ${routeProbes.length} route probes`,
  );
  expect(nWays).toBeGreaterThan(40);
  expect(sends).toEqual([]);
});

test('the same page in an application without the hardening does send', async () => {
  const appFolder = writeUnhardenedApp();
  const { sends } = await outboundOf(appFolder, async (started) => {
    await tryEveryWayOut(started.page());
  });
  rmSync(appFolder, { recursive: true });
  measured(`without the hardening: ${sends.length} sends`);
  expect(sends.length).toBeGreaterThan(10);
});

test('the trace is read right', () => {
  const route =
    '1 connect(5<UDP:[9]>, {sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("203.0.113.7")}, 16) = 0';
  const sending = [
    '1 connect(5<TCP:[9]>, {sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("203.0.113.7")}, 16) = -1 EINPROGRESS (Operation now in progress)',
    '1 connect(5<TCPv6:[9]>, {sa_family=AF_INET6, sin6_port=htons(80), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, "2001:db8::1", &sin6_addr), sin6_scope_id=0}, 28) = 0',
    '1 sendto(5<UDP:[192.0.2.2:4->203.0.113.7:3478]>, ..., 20, 0, NULL, 0 <unfinished ...>',
    '1 sendmmsg(5<UDP:[127.0.0.1:4->127.0.0.53:53]>, [{...}], 2, MSG_NOSIGNAL) = 2',
    '1 sendto(5<UDPv6:[[::]:4]>, ..., 20, 0, {sa_family=AF_INET6, sin6_port=htons(5353), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, "ff02::fb", &sin6_addr), sin6_scope_id=0}, 28) = 20',
  ];
  const local = [
    '1 sendto(5<TCP:[127.0.0.1:4->127.0.0.1:5]>, ..., 20, 0, NULL, 0) = 20',
    '1 connect(5<TCP:[9]>, {sa_family=AF_INET, sin_port=htons(9), sin_addr=inet_addr("127.0.0.1")}, 16) = 0',
    '1 sendmsg(5<UNIX-STREAM:[9->8]>, {msg_name=NULL, msg_namelen=0}, 0) = 1',
    '1 sendto(5<NETLINK:[ROUTE:9]>, ..., 17, 0, {sa_family=AF_NETLINK, nl_pid=0}, 12) = 17',
  ];
  expect(findOutbound([...local, route, ...sending])).toEqual({
    sends: sending,
    routeProbes: [route],
  });
});
