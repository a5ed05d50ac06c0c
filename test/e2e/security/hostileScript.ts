import type { Page } from '@playwright/test';

/** What a page asked for, and how the browser answered: a name for each way. */
export type Outcomes = Readonly<Record<string, string>>;

/**
 * Tries to run text as a script in every way there is.
 *
 * @returns for each way `refused`, or what happened instead
 */
export async function tryToRunText(page: Page): Promise<Outcomes> {
  const outcomes = await page.evaluate(async () => {
    // The driver lifts the policy for what it evaluates itself: a timer's callback is outside that.
    await new Promise((resolve) => setTimeout(resolve));
    const text = 'window.hasRunText = true';
    const add = (tag: string): HTMLElement =>
      document.body.appendChild(document.createElement(tag));
    const policies: object = Reflect.get(window, 'trustedTypes') ?? {};
    const addPolicy = (name: string, rules: object): unknown =>
      Reflect.apply(Reflect.get(policies, 'createPolicy'), policies, [name, rules]);
    const ways: Record<string, () => unknown> = {
      eval: () => Reflect.apply(Reflect.get(window, 'eval'), null, [text]),
      function: () => Reflect.construct(Function, [text])(),
      timer: () => Reflect.apply(setTimeout, window, [text]),
      scriptText: () => (add('script').textContent = text),
      scriptNode: () => add('script').append(text),
      scriptData: () => add('script').setAttribute('src', `data:text/javascript,${text}`),
      scriptBlob: () => add('script').setAttribute('src', URL.createObjectURL(new Blob([text]))),
      import: () => import(/* @vite-ignore */ `data:text/javascript,${text}`),
      handler: () => add('i').setAttribute('onclick', text),
      innerHTML: () => (add('div').innerHTML = `<img src="x" onerror="${text}">`),
      adjacentHTML: () => add('div').insertAdjacentHTML('beforeend', '<b>markup</b>'),
      range: () => document.createRange().createContextualFragment('<b>markup</b>'),
      parser: () => new DOMParser().parseFromString('<b>markup</b>', 'text/html'),
      write: () => document.write('<b>markup</b>'),
      frame: () => add('iframe').setAttribute('srcdoc', `<script>parent.${text}</script>`),
      worker: () => new Worker(URL.createObjectURL(new Blob([text]))),
      policy: () => addPolicy('another', {}),
      replacedPolicy: () => addPolicy('default', { createHTML: String }),
      wasm: () => new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])),
    };
    const results: Record<string, string> = {};
    for (const [way, run] of Object.entries(ways)) {
      try {
        await run();
        results[way] = 'went through';
      } catch {
        results[way] = 'refused';
      }
    }
    const link = document.createElement('a');
    link.href = `javascript:${text}`;
    document.body.append(link);
    link.click();
    await new Promise((resolve) => setTimeout(resolve, 300));
    return { ...results, hasRun: Reflect.has(window, 'hasRunText') ? 'yes' : 'no' };
  });
  return outcomes;
}

/** Asks for every permission that a page can ask for. */
export function askForPermissions(page: Page): Promise<Outcomes> {
  return page.evaluate(async () => {
    const names = [
      'accelerometer',
      'background-sync',
      'camera',
      'clipboard-read',
      'clipboard-write',
      'display-capture',
      'geolocation',
      'idle-detection',
      'local-fonts',
      'microphone',
      'midi',
      'notifications',
      'payment-handler',
      'periodic-background-sync',
      'persistent-storage',
      'screen-wake-lock',
      'storage-access',
      'window-management',
    ];
    const states: Record<string, string> = {};
    for (const name of names) {
      const descriptor = { name } as unknown as PermissionDescriptor; // names the types do not know yet
      states[name] = (await navigator.permissions.query(descriptor)).state;
    }
    return states;
  });
}

/** Uses what needs a permission; `refused` for each that did not come. */
export function useWithoutPermission(page: Page): Promise<Outcomes> {
  return page.evaluate(async () => {
    const patienceMs = 1_000;
    const ask = (name: string, method: string, ...args: unknown[]): Promise<unknown> => {
      const device: object = Reflect.get(navigator, name);
      return Reflect.apply(Reflect.get(device, method), device, args);
    };
    const uses: Record<string, () => Promise<unknown>> = {
      location: () =>
        new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject)),
      notification: async () => {
        if ((await Notification.requestPermission()) !== 'granted') throw new Error('refused');
      },
      microphone: () => ask('mediaDevices', 'getUserMedia', { audio: true }),
      screen: () => ask('mediaDevices', 'getDisplayMedia', {}),
      readClipboard: () => ask('clipboard', 'readText'),
      writeClipboard: () => ask('clipboard', 'writeText', 'x'),
      midi: () => Reflect.apply(Reflect.get(navigator, 'requestMIDIAccess'), navigator, []),
      wakeLock: () => ask('wakeLock', 'request'),
      fullScreen: () => document.body.requestFullscreen(),
      pointerLock: async () => document.body.requestPointerLock(),
      usb: () => ask('usb', 'requestDevice', { filters: [] }),
      hid: () => ask('hid', 'requestDevice', { filters: [] }),
      serial: () => ask('serial', 'requestPort'),
      folder: () => Reflect.apply(Reflect.get(window, 'showDirectoryPicker'), window, []),
      screens: () => Reflect.apply(Reflect.get(window, 'getScreenDetails'), window, []),
    };
    const results: Record<string, string> = {};
    for (const [use, run] of Object.entries(uses)) {
      const late = new Promise((_resolve, reject) => setTimeout(reject, patienceMs));
      results[use] = await Promise.race([run(), late]).then(
        () => 'went through',
        () => 'refused',
      );
    }
    return results;
  });
}

/** Tries to bring the window to another address, and to open others. */
export async function tryToLeave(page: Page, addresses: readonly string[]): Promise<void> {
  for (const address of addresses) {
    await page.evaluate((url) => {
      location.href = url;
      window.open(url);
      const link = document.createElement('a');
      const form = document.createElement('form');
      Object.assign(link, { href: url, target: '_top' });
      Object.assign(form, { action: url, method: 'post' });
      document.body.append(link, form);
      link.click();
      form.submit();
    }, address);
    await page.waitForTimeout(100);
  }
}
