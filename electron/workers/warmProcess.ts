import type { FromJob, JobProcess, ToJob } from './jobMessages';

/** Who listens to a process while it does one job. */
export interface JobListener {
  hear(message: FromJob): void;
  /** The process is gone. */
  died(code: number | null): void;
}

/** A job process that takes one job after another. */
export interface WarmProcess {
  /** Memory of the process when it was last heard of, in bytes. */
  readonly rssBytes: number;
  /** Hands it a job, as soon as it is ready for the first. */
  begin(job: ToJob, listener: JobListener): void;
  /** Its job is done: the listener hears no more, this one does. */
  rest(listener: JobListener): void;
  end(): void;
}

/** Listens to a process from its start to its end, for whoever has it at the time. */
export function warmProcess(process: JobProcess): WarmProcess {
  let isReady = false;
  let rssBytes = 0;
  let waiting: ToJob | null = null;
  let listener: JobListener | null = null;
  process.onExit((code) => listener?.died(code));
  process.onMessage((message) => {
    if (message.type === 'ready') {
      isReady = true;
      if (waiting !== null) process.post(waiting);
      waiting = null;
    }
    if (message.type === 'alive') ({ rssBytes } = message);
    listener?.hear(message);
  });
  return {
    get rssBytes() {
      return rssBytes;
    },
    begin(job, by) {
      listener = by;
      if (isReady) process.post(job);
      else waiting = job;
    },
    rest(by) {
      listener = by;
    },
    end() {
      listener = null;
      process.kill();
    },
  };
}
