import { test } from '@playwright/test';
import { writeFileSync, readFileSync, readdirSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { _electron } from '@playwright/test';
import { electronLaunch, environmentOf } from '../support/launch';
import { makeHome } from '../support/home';

function tree(root: number) {
  const kids = new Map<number, number[]>();
  for (const n of readdirSync('/proc').filter((n) => /^\d+$/.test(n))) {
    try { const st = readFileSync(`/proc/${n}/status`, 'utf8'); const pp = Number(/PPid:\s*(\d+)/.exec(st)?.[1]); kids.set(pp, [...(kids.get(pp) ?? []), Number(n)]); } catch {}
  }
  const out: number[] = []; const go = (p: number) => { out.push(p); (kids.get(p) ?? []).forEach(go); }; go(root); return out;
}
test('x', async () => {
  const l = await electronLaunch();
  const home = makeHome();
  const app = await _electron.launch({ executablePath: l.executablePath, args: l.args, env: {...environmentOf(home, l.env), SECRET_THING: 'yes'}, chromiumSandbox: l.sandboxObstacle === null });
  const page = await app.firstWindow();
  await page.waitForTimeout(2000);
  for (const pid of tree(app.process().pid!)) {
      const cmd = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').slice(0, 190);
      const st = readFileSync(`/proc/${pid}/status`, 'utf8');
      let env = 'ok'; try { env = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').map(x => x.split('=')[0]).join(','); } catch (e) { env = String(e); }
      let maps = 'ok'; try { maps = ''+ readFileSync(`/proc/${pid}/maps`).length; } catch (e) { maps = String(e); }
      let mem = 'ok'; try { const fd = openSync(`/proc/${pid}/mem`, 'r'); const start = parseInt(readFileSync(`/proc/${pid}/maps`, 'latin1').split('-')[0]!, 16); mem = 'read ' + readSync(fd, Buffer.alloc(16), 0, 16, start); } catch (e) { mem = String(e); }
      console.log(pid, 'seccomp', /Seccomp:\s*(\d)/.exec(st)?.[1], 'nonewprivs', /NoNewPrivs:\s*(\d)/.exec(st)?.[1], 'ENV', env.slice(0,300), 'MAPS', maps, 'MEM', mem, 'CMD', cmd);
  }
  await app.close();
});
