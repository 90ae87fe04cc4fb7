import type { ImportPreview, ImportQuestion } from '../../engine/importer/shapes';

export const ASKED: Readonly<Record<ImportQuestion['needs'], string>> = {
  zone: 'Where was this log written?',
  date_order: 'How does this log write its dates?',
  unit: 'In which unit are the amounts?',
  weight_unit: 'In which unit are the weights?',
  columns: 'What do the columns of this table mean?',
  baby: 'Which baby is this about?',
};

/** How the importer says that it took weights without a unit for kilograms. */
const TAKEN_FOR_KG = 'no unit in this file; read as kg';

/** Whether kilograms or pounds was left open: the importer goes on with a doubt, here she is asked. */
export function weightQuestion({ files }: Pick<ImportPreview, 'files'>): ImportQuestion | null {
  for (const { file, flags } of files) {
    const open = flags.find(({ what }) => what.startsWith(TAKEN_FOR_KG));
    if (open) return { needs: 'weight_unit', message: `${file}, row ${open.row}: the weights name no unit.`, example: null, babies: null };
  }
  return null;
}

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
