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

/** The way home for two, of whom the log knows nothing. */
export const HOME = {
  ...RAISE, now: '2026-10-20T15:10:00+02:00[Europe/Berlin]', goal: 'home', until: '2026-11-03', target_ml: 1240, reaches: false,
  needs: {
    on: '2026-11-03',
    babies: [
      { name: null, age_days: null, weight_g: 4310, weight_from: 'usual', ml_per_day: 621.2 },
      { name: null, age_days: null, weight_g: 4310, weight_from: 'usual', ml_per_day: 621.2 },
    ],
    ml_per_day: { p10: 957.7, p50: 1242.4, p90: 1611.8 },
    feeding: { together_min_per_day: 270, in_turn_min_per_day: 550, says: 'Feeding two at one time takes about 270 minutes a day, one after the other about 550 minutes; babies differ widely in that.' },
    born_early: false,
    assumed: 'The log does not say when your baby was born; an age of 30 days is taken.',
    says: 'Your two babies together may drink about 1,240 mL a day by 3 Nov (likely 960 mL to 1,610 mL). A plan takes that as milk to have ready.',
  },
  expected: {
    ...RAISE.expected, ml_per_day: { p10: 979, p50: 1154.1, p90: 1384.1 }, as_now_ml_per_day: { p10: 833.1, p50: 938.2, p90: 1032.4 },
    change_range_ml: { p10: 133.6, p50: 198.6, p90: 334.5 }, cost_min_per_day: 108, minutes_per_day: 198, sessions_per_day: 11,
  },
};

/** A journey to Tokyo, some of its days. */
export const JOURNEY = {
  ...RAISE, now: '2026-10-20T15:10:00+02:00[Europe/Berlin]', goal: 'hold', until: '2026-10-29', target_ml: 930.1,
  travel: {
    departs: '2026-10-24T14:00:00+02:00[Europe/Berlin]', arrives: '2026-10-25T08:00:00+09:00[Asia/Tokyo]', home_zone: 'Europe/Berlin', zone: 'Asia/Tokyo',
    shift_h: -8, aligned_from: '2026-10-27', safe_gap_h: 5.5, longest_gap_h: 5,
    says: 'In Tokyo it is 8 h later than at home, counted the shorter way around. From 23 Oct on your sessions move to earlier hours, at most 2 h a day.',
  },
  schedule: [{ at: '2026-10-29T07:15:00+09:00[Asia/Tokyo]', minutes: 18, technique: null, side: 'both', home_at: '2026-10-28T23:15:00+01:00[Europe/Berlin]' }],
  days: [
    { when: 'until 22 Oct', sessions: [{ clock: '03:15', minutes: 10, technique: null, why: '8 min shorter' }] },
    { when: '24 Oct', sessions: [{ clock: '14:45', minutes: 18, technique: null, why: 'on the way, 3 h 30 min earlier' }] },
    { when: '25 Oct', sessions: [{ clock: '10:30', minutes: 18, technique: null, why: '4 h 45 min earlier', home: '02:30' }] },
    { when: 'from 27 Oct', sessions: [{ clock: '03:15', minutes: 10, technique: null, why: '8 min shorter', home: '19:15' }] },
  ],
};
