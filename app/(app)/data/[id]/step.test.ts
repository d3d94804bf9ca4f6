import { describe, expect, it } from 'vitest';
import type { importStates } from '@/lib/contract/imports';
import { stepOf } from './step';

const detected = { encoding: 'utf-8', delimiter: ',', columns: [], preview: [] };
const at = (state: (typeof importStates)[number], more: { rowsIn?: number; error?: string } = {}) => ({
  state,
  rowsIn: more.rowsIn ?? null,
  error: more.error ?? null,
  detected,
});

describe('where an import stands', () => {
  it('begins with the file, and a new file cannot skip to results that are not there', () => {
    expect(stepOf(at('uploaded'), null, true)).toEqual({ step: 'file', open: ['file', 'columns'] });
    // Whose check was cancelled is back where it was begun.
    expect(stepOf(at('uploaded'), 'check', true).step).toBe('columns');
    expect(stepOf(at('uploaded'), 'check', false).step).toBe('file');
    expect(stepOf(at('uploaded'), 'columns', true).step).toBe('columns');
  });

  it('shows the result of a check, and lets go back to the columns', () => {
    expect(stepOf(at('validated', { rowsIn: 9 }), null, true).step).toBe('check');
    expect(stepOf(at('failed', { error: 'None of the rows can be taken.' }), null, true).step).toBe('check');
    expect(stepOf(at('validated', { rowsIn: 9 }), 'columns', true).step).toBe('columns');
  });

  it('stays with a file that is being read, or could not be', () => {
    const unread = { rowsIn: null, detected: null };
    expect(stepOf({ ...unread, state: 'reading', error: null }, 'columns', true)).toEqual({ step: 'file', open: [] });
    const error = 'Reading the file was cancelled.';
    expect(stepOf({ ...unread, state: 'failed', error }, 'check', true)).toEqual({ step: 'file', open: [] });
  });

  it('shows the check while it runs, whatever the address asks', () => {
    expect(stepOf(at('validating'), 'columns', true)).toEqual({ step: 'check', open: [] });
    expect(stepOf(at('paused'), 'columns', true)).toEqual({ step: 'check', open: [] });
  });

  it.each(['publishing', 'published', 'reverting', 'reverted', 'cancelled'] as const)(
    'never leads back from %s',
    (state) => {
      for (const asked of ['file', 'columns', 'check'] as const)
        expect(stepOf(at(state, { rowsIn: 9 }), asked, true)).toEqual({ step: 'publish', open: [] });
    },
  );

  it('lets a viewer look at the file and the check, not at the mapping', () => {
    expect(stepOf(at('validated', { rowsIn: 9 }), 'columns', false)).toEqual({
      step: 'check',
      open: ['file', 'check'],
    });
  });
});
