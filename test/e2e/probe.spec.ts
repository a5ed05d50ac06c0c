import { test } from '@playwright/test';
import { startAssay } from './security/startAssay';
import { webPreferences, askProtocol, loadInNewWindow, countContents } from './security/shellFacts';
test('x', async () => {
  const s0 = await startAssay(); const pg = s0.page(); const s = { ...s0, page: () => pg };
  await s.page().waitForTimeout(1500);
  console.log(await webPreferences(s.app));
  console.log(await countContents(s.app));
  console.log(await s.page().evaluate(async () => {
    const names = ['geolocation','notifications','push','midi','camera','microphone','persistent-storage','background-sync','clipboard-read','clipboard-write','screen-wake-lock','accelerometer','storage-access','window-management','local-fonts','idle-detection','display-capture', 'payment-handler', 'top-level-storage-access', 'nfc','periodic-background-sync','captured-surface-control','speaker-selection'];
    const out: Record<string,string> = {};
    for (const name of names) out[name] = await navigator.permissions.query({ name: name as PermissionName }).then((r) => r.state, (e: Error) => e.message);
    return out;
  }));
  console.log(await s.page().evaluate(async () => {
    const t = (p: () => unknown) => { try { return Promise.race([Promise.resolve(p()).then((v) => 'granted ' + String(v), (e: Error) => e.name + ' ' + e.message), new Promise((r) => setTimeout(() => r('pending'), 2000))]); } catch (e) { return String(e); } };
    return {
      geo: await t(() => new Promise((_r, j) => navigator.geolocation.getCurrentPosition(_r, (e) => j(new Error(e.message))))),
      notif: await t(() => Notification.requestPermission()),
      media: await t(() => navigator.mediaDevices.getUserMedia({ audio: true })),
      display: await t(() => navigator.mediaDevices.getDisplayMedia()),
      clipr: await t(() => navigator.clipboard.readText()),
      clipw: await t(() => navigator.clipboard.writeText('x')),
      midi: await t(() => navigator.requestMIDIAccess()),
      wake: await t(() => navigator.wakeLock.request()),
      fs: await t(() => document.body.requestFullscreen()),
      lock: await t(() => document.body.requestPointerLock()),
      persist: await t(() => navigator.storage.persist()),
      dir: await t(() => (window as any).showDirectoryPicker()),
      usb: await t(() => (navigator as any).usb.requestDevice({ filters: [] })),
      hid: await t(() => (navigator as any).hid.requestDevice({ filters: [] })),
      serial: await t(() => (navigator as any).serial.requestPort()),
      bt: await t(() => (navigator as any).bluetooth.requestDevice({ acceptAllDevices: true })),
      fonts: await t(() => (window as any).queryLocalFonts()),
      screen: await t(() => (window as any).getScreenDetails()),
      idle: await t(() => (window as any).IdleDetector.requestPermission()),
      kb: await t(() => (navigator as any).keyboard.lock()),
    };
  }));
  await s.page().mouse.click(5, 5);
  console.log('with gesture', await s.page().evaluate(async () => {
    const t = (p: () => unknown) => { try { return Promise.race([Promise.resolve(p()).then((v) => 'granted ' + String(v), (e: Error) => e.name + ' ' + e.message), new Promise((r) => setTimeout(() => r('pending'), 1000))]); } catch (e) { return String(e); } };
    return [ await t(() => document.body.requestFullscreen()), await t(() => document.body.requestPointerLock()),await t(() => (navigator as any).usb.requestDevice({ filters: [] })), await t(() => navigator.mediaDevices.getDisplayMedia())];
  }));
  console.log(await s.page().evaluate(async () => {
    await new Promise((r) => setTimeout(r, 10));
    const t = (p: () => unknown) => { try { return 'RAN ' + String(p()); } catch (e) { return String(e).slice(0, 120); } };
    const d = document.createElement('div'); document.body.append(d);
    return new Promise((done) => setTimeout(() => done({
      eval: t(() => (0, eval)('1+1')), fn: t(() => new Function('return 1')()), timeout: t(() => (setTimeout as any)('window.pwned=1')),
      script: t(() => { const s = document.createElement('script'); s.textContent = 'window.pwned=1'; document.body.append(s); }),
      html: t(() => { d.innerHTML = '<img src=x onerror="window.pwned=1">'; return d.innerHTML; }),
      attr: t(() => { d.setAttribute('onclick', 'window.pwned=1'); d.click(); }),
      js: t(() => { location.href = 'javascript:window.pwned=1'; }),
      parse: t(() => new DOMParser().parseFromString('<b>x</b>', 'text/html')),
      wasm: t(() => new WebAssembly.Module(new Uint8Array([0,97,115,109,1,0,0,0]))),
      policy: t(() => (window as any).trustedTypes.createPolicy('mine', {})),
      policy2: t(() => (window as any).trustedTypes.createPolicy('default', {createHTML: (x: string) => x})),
      worker: t(() => new Worker(URL.createObjectURL(new Blob(['1'])))),
      imp: t(() => { const s = document.createElement('script'); s.src = 'data:text/javascript,window.pwned=1'; document.body.append(s); }),
    }), 0));
  }));
  await s.page().waitForTimeout(500);
  console.log(await s.page().evaluate(() => [(window as any).pwned, location.href]));
  await s.discard();
});
