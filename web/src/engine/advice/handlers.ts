/** What the adviser's worker does for each call. */

import { RANDOM_PER_ENTRY } from '../contract';
import { bytesOf, started, type Outside } from '../handlers';
import type { Args, Method } from './calls';
import { RANDOM_PER_TRIAL, type AdviceEngine } from './contract';

export type Handlers = { readonly [M in Method]: (...args: Args[M]) => unknown };

export function handlersOf(outside: Outside<AdviceEngine>): Handlers {
  const { start, engine } = started(outside);
  const { now, random } = outside;
  const forEntry = () => random(RANDOM_PER_ENTRY);
  return {
    start,
    add: (entries) => engine().add(bytesOf(entries)),
    rememberFit: (fit) => engine().remember_fit(fit),
    takeIn: () => engine().take_in(now()),
    whatIf: (change, days) => engine().what_if(change, now(), days),
    insights: () => engine().insights(now()),
    plan: (wish) => engine().plan(JSON.stringify(wish), now()),
    followed: () => engine().followed(now()),
    keepPlan: () => engine().keep_plan(now(), forEntry()),
    planCalendar: (remindMin) => engine().plan_calendar(now(), remindMin),
    retraining: (asked) => engine().retraining(JSON.stringify(asked), now()),
    planTrial: (asked) => engine().plan_trial(JSON.stringify(asked), now()),
    startTrial: (asked) => engine().start_trial(JSON.stringify(asked), now(), random(RANDOM_PER_TRIAL)),
    pageOfTrial: (id) => engine().page_of_trial(id, now()),
    report: () => engine().report(now()),
  };
}
