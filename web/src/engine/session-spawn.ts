import { Bridge } from './bridge';
import { readSessionReply, type SessionArgs, type SessionReplies } from './session';

export class SessionBridge extends Bridge<SessionArgs, SessionReplies> {
  constructor() {
    const spawn = () => new Worker(new URL('./session-worker.ts', import.meta.url), { type: 'module', name: 'session' });
    super(spawn, readSessionReply);
  }
}

/** Runs only while somebody follows a session or looks inside one. */
export const spawnSession = () => new SessionBridge();
