/** A plan as the command says it of a simulated log, cut short. */

const twin = { state: 'ready', message: 'Learned from 199 sessions with a volume.', standing: 'fresh', sessions: 199, fitted_sessions: 199, draws: 800, r_hat: 1.009, ess: 598, divergences: 0 };

export const RAISE = {
  now: '2026-11-08T12:00:00+01:00[Europe/Berlin]', goal: 'raise', until: '2026-11-22', target_ml: 1031.2, reaches: true,
  schedule: [{ at: '2026-11-08T13:45:00+01:00[Europe/Berlin]', minutes: 18, technique: null, side: 'both' }],
  days: [{ when: 'every day', sessions: [
    { clock: '02:15', minutes: 18, technique: null, why: 'instead of 03:15' },
    { clock: '05:30', minutes: 18, technique: 'massage', why: 'new' },
  ] }],
  expected: {
    ml_per_day: { p10: 906.1, p50: 1058.4, p90: 1175.9 }, as_now_ml_per_day: { p10: 829.2, p50: 921.4, p90: 997.8 },
    change_ml: 128.3, change_range_ml: { p10: 69.5, p50: 128.3, p90: 205.9 }, more_in_all_ml: { p10: 603.7, p50: 1176.7, p90: 2042.9 },
    cost_min_per_day: 30, minutes_per_day: 138, sessions_per_day: 8, full_h_per_day: 0,
  },
  next_best: [{ says: '9 sessions: +170 mL a day, 51 min more', sessions: [], change_ml: 170.4, cost_min_per_day: 51 }],
  if_missed: { then_ml: 30.2, at_the_end_ml_per_day: 3, says: 'A session missed costs at most about 30 mL within two days; by the end nothing of it is left. Go on with the next one.' },
  reasons: [{ text: 'More removed, more made: one more expression a day brought 124 g a day after two weeks.', source: 'Dewey, Lönnerdal 1986', grade: 'trial' }],
  limits_hit: [], assumed: null, data_age_h: 0.2, twin,
  says: 'By 22 Nov about 1,060 mL a day (likely 910 mL to 1,180 mL); as you do it, 920 mL.',
};
