import type { Prompt, Said } from '../../engine/session';
import type { SessionBridge } from '../../engine/session-spawn';
import type { Shown } from '../../lib/format';
import { OneAtATime } from '../../lib/one-at-a-time';
import { answered, asked_s, ended, isOn, switched, watchedOf, type PumpSession } from '../../store/pump-session';
import type { Pumping } from '../../store/pumping.svelte';

/** The prompt that stands; it is asked for with each look, and what was shown is kept with the session. */
export class Coaching {
  prompt = $state.raw<Prompt | null>(null);
  #questions = new OneAtATime();

  /** What is said now. A tap that comes while a question is answered is asked about next, and not a second later. */
  ask(engine: SessionBridge, pumping: Pumping, session: PumpSession, now_ms: number, shown: Shown): void {
    if (session.knows !== null) void this.#questions.do(() => this.#ask(engine, pumping, session.began_ms, now_ms, shown));
  }

  /** About the session as it is by then. A prompt keeps the words it was first shown with. */
  async #ask(engine: SessionBridge, pumping: Pumping, began_ms: number, now_ms: number, shown: Shown): Promise<void> {
    const { session } = pumping;
    if (session?.began_ms !== began_ms || session.ended_ms !== null || session.knows === null) return;
    const knows = knowsText(session.knows, shown);
    const answer = await engine.call('coach', [watchedOf(session), knows, session.said, asked_s(session, Math.max(now_ms, Date.now()))]);
    if (!answer.ok || pumping.session?.began_ms !== session.began_ms) return;
    const { prompt, said } = answer.value;
    if (prompt?.id !== this.prompt?.id || prompt?.since_s !== this.prompt?.since_s) this.prompt = prompt;
    // What she said in the meantime is newer than what was asked about.
    if (session.said.length < said.length && pumping.session === session) pumping.set(massaging({ ...session, said }, Date.now()));
  }

  /** A session that she stops ends. That it hurts or she is tense is no answer to a prompt. */
  answer(pumping: Pumping, session: PumpSession, what: Said['what'], now_ms: number): void {
    const isAnswer = what !== 'pain' && what !== 'tense';
    const heard = answered(session, what, isAnswer ? (this.prompt?.id ?? null) : null, now_ms);
    this.prompt = null;
    if (what === 'stop') pumping.set(session.source === 'taps' ? ended(heard, now_ms) : null);
    else pumping.set(massaging(heard, now_ms));
  }
}

/** Massage that she agreed to stands among her taps, from when she agreed until the coach says "pump". */
export function massaging(session: PumpSession, now_ms: number): PumpSession {
  const last = session.said.at(-1);
  const begins = last?.what === 'do' && last.id === 'massage_then_five';
  const ends = last?.what === 'shown' && last.id === 'pump_again';
  const turns = isOn(session, 'massage') ? ends : begins;
  return turns && session.source === 'taps' ? switched(session, 'massage', now_ms) : session;
}

/** What is known, and how she reads volumes. */
export function knowsText(knows: string, shown: Shown): string {
  const known: unknown = JSON.parse(knows);
  return JSON.stringify({ ...(known as object), shows: shown === 'none' ? 'nothing' : shown });
}
