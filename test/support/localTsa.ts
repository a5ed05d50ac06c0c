import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A timestamping authority on this machine, made and run by openssl. */
export interface LocalTsa {
  readonly folder: string;
  readonly caPath: string;
  /** PEM files of a certificate that this authority's CA issued, and of its key. */
  issue(name: string, keyType: KeyType, extensions?: 'tsa' | 'server'): Issued;
  /** Answers a request file as the named signer. */
  reply(requestPath: string, signer: Issued, options?: ReplyOptions): string;
}

export interface Issued {
  readonly certPath: string;
  readonly keyPath: string;
}

interface ReplyOptions {
  readonly hasChain?: boolean;
  /** Digests that it stamps; the request's is SHA-256. */
  readonly digests?: string;
}

export type KeyType = 'rsa' | 'rsa1024' | 'ec' | 'p384' | 'ed25519';

const NEW_KEY: Readonly<Record<KeyType, readonly string[]>> = {
  rsa: ['-newkey', 'rsa:2048'],
  rsa1024: ['-newkey', 'rsa:1024'],
  ec: ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  p384: ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-384'],
  ed25519: ['-newkey', 'ed25519'],
};

const configuration = (digests: string): string => `
[req]
distinguished_name = name
[name]
[ca]
basicConstraints = critical,CA:true
keyUsage = critical,keyCertSign,cRLSign
[tsa]
basicConstraints = critical,CA:false
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
[server]
basicConstraints = critical,CA:false
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,serverAuth
[tsa_reply]
serial = ./serial
crypto_device = builtin
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = ${digests}
accuracy = secs:1
ordering = no
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = sha256
`;

/** @param folder an empty one, for its keys and its answers */
export function createLocalTsa(folder: string): LocalTsa {
  const run = (...words: (readonly string[])[]): string => openssl(words.flat(), folder);
  writeFileSync(join(folder, 'tsa.cnf'), configuration('sha256, sha384, sha512'));
  writeFileSync(join(folder, 'serial'), '01\n');
  run(
    ['req', '-config', 'tsa.cnf', '-x509', '-extensions', 'ca', '-days', '3650'],
    [...NEW_KEY.ec, '-nodes', '-subj', '/O=Assay test/CN=Test CA'],
    ['-keyout', 'ca.key', '-out', 'ca.pem'],
  );
  return {
    folder,
    caPath: join(folder, 'ca.pem'),
    issue(name, keyType, extensions = 'tsa') {
      const [key, request, cert] = [`${name}.key`, `${name}.csr`, `${name}.pem`];
      run(
        ['req', '-config', 'tsa.cnf', ...NEW_KEY[keyType], '-nodes'],
        ['-subj', `/O=Assay test/CN=${name}`, '-keyout', key, '-out', request],
      );
      run(
        ['x509', '-req', '-in', request, '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial'],
        ['-days', '365', '-extfile', 'tsa.cnf', '-extensions', extensions, '-out', cert],
      );
      return { certPath: join(folder, cert), keyPath: join(folder, key) };
    },
    reply(requestPath, { certPath, keyPath }, { hasChain = false, digests } = {}) {
      const out = join(mkdtempSync(join(folder, 'reply-')), 'response.tsr');
      const config = join(folder, digests === undefined ? 'tsa.cnf' : 'digests.cnf');
      if (digests !== undefined) writeFileSync(config, configuration(digests));
      run(
        ['ts', '-reply', '-config', config, '-section', 'tsa_reply'],
        ['-queryfile', requestPath, '-signer', certPath, '-inkey', keyPath, '-out', out],
        hasChain ? ['-chain', 'ca.pem'] : [],
      );
      return out;
    },
  };
}

/** @returns what it prints; @throws Error with its complaint when it fails */
export function openssl(args: readonly string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync('openssl', args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`openssl ${args.join(' ')}: ${stderr}`);
  return stdout;
}
