import type { Wish } from '../../engine/advice/calls';
import { followed, plan, type Followed, type Plan } from '../../engine/advice/plan';
import { err, ok, type Result } from '../../lib/result';
import { nullable } from '../../lib/validate';
import type { Journal } from '../../store/journal.svelte';
import type { Twin } from '../../store/twin.svelte';
import { advised, Answer, type OpenAdvice } from '../answer.svelte';
import { AS_USUAL, type Asked } from './plan-wish';

/** What the plan's card asks of whoever advises, and what was kept of it. */
export class Plans {
  readonly plan = new Answer<Plan>(plan, 'the plan');
  readonly followed = new Answer<Followed | null>(nullable(followed), 'what came of the plan');
  asked = $state.raw<Asked>(AS_USUAL);
  /** What is answered; `null` while she still chooses. */
  wish = $state.raw<Wish | null>(null);
  /** The entry that keeps what is shown; empty while it is being stored. */
  kept = $state.raw<string | null>(null);

  #twin: Twin;
  #journal: Journal;
  #advice: OpenAdvice;

  constructor(twin: Twin, journal: Journal, advice: OpenAdvice) {
    this.#twin = twin;
    this.#journal = journal;
    this.#advice = advice;
  }

  /** Asks anew what the log has outdated. A plan that was kept stays as it was kept. */
  keepUp(): void {
    const { report, version } = this.#twin;
    if (!report) return;
    void this.followed.ask(`${version}`, (signal) => advised(this.#advice, (advice) => advice.ask('followed', [], signal)));
    const { wish } = this;
    if (wish === null || this.kept !== null) return;
    void this.plan.ask(`${version} ${JSON.stringify(wish)}`, (signal) =>
      advised(this.#advice, (advice) => advice.ask('plan', [wish], signal)),
    );
  }

  make(wish: Wish): void {
    this.chooseAnew();
    this.wish = wish;
  }

  /** Back to the choice; what she had chosen stands there. */
  chooseAnew(): void {
    this.plan.clear();
    this.wish = null;
    this.kept = null;
  }

  async keep(): Promise<Result<string>> {
    const advice = await this.#advice().catch(() => null);
    if (!advice) return err('stopped', 'The part that advises did not load.');
    this.kept = '';
    const kept = await this.#journal.addImport(() => advice.make('keepPlan', []));
    if (!kept.ok) {
      this.kept = null;
      return kept;
    }
    const root = kept.value[0]?.root ?? '';
    this.kept = root;
    return ok(root);
  }

  async takeBack(root: string): Promise<Result<unknown>> {
    const removed = await this.#journal.remove(root);
    if (removed.ok && this.kept === root) this.kept = null;
    return removed;
  }

  calendar(remindMin: number): Promise<Result<string>> {
    return advised(this.#advice, (advice) => advice.ask('planCalendar', [remindMin]));
  }
}

// The place may be left and come back to.
const known = new WeakMap<Twin, Plans>();

export function plansOf(twin: Twin, journal: Journal, advice: OpenAdvice): Plans {
  const plans = known.get(twin) ?? new Plans(twin, journal, advice);
  known.set(twin, plans);
  return plans;
}
