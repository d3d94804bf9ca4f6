// Numbered days and weeks as the form holds them: "week 40 = 1990-06-14", with what is not filled in yet empty.

export interface Count {
  unit: 'day' | 'week';
  number: string;
  day: string;
}

const shape = /^\s*(day|week) (\d*)\s*=\s*(\S*)\s*$/i;

export const isCount = (format: string): boolean => shape.test(format);

export function countOf(format: string): Count | null {
  const [, unit, number = '', day = ''] = shape.exec(format) ?? [];
  return unit ? { unit: unit.toLowerCase() === 'week' ? 'week' : 'day', number, day } : null;
}

export const countText = ({ unit, number, day }: Count): string => `${unit} ${number} = ${day}`;
