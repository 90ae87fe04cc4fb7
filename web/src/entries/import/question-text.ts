import type { ImportQuestion } from '../../engine/importer/shapes';

export const ASKED: Readonly<Record<ImportQuestion['needs'], string>> = {
  zone: 'Where was this log written?',
  date_order: 'How does this log write its dates?',
  unit: 'In which unit are the amounts?',
  weight_unit: 'In which unit are the weights?',
  columns: 'What do the columns of this table mean?',
  baby: 'Which baby is this about?',
};

/** What is asked, without what stands beside it anyway. */
export const said = ({ needs, message }: Pick<ImportQuestion, 'needs' | 'message'>): string =>
  withoutFlags(needs === 'columns' ? message.replace(/ Its columns are: .*$/s, '') : message);

/** The engine's sentence without its end, where it names the command line's flags: here there are buttons. */
export function withoutFlags(message: string): string {
  const flag = message.indexOf(' --');
  if (flag < 0) return message;
  const before = message.slice(0, flag);
  const end = Math.max(before.lastIndexOf(';'), before.lastIndexOf('. '));
  return end < 0 ? '' : `${before.slice(0, end)}.`;
}
