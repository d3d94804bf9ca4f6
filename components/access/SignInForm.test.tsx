import { MantineProvider } from '@mantine/core';
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { SignInForm } from './SignInForm';

afterEach(cleanup);

const show = (signUp: 'open' | 'first' | 'closed') =>
  render(
    <MantineProvider>
      <SignInForm next={undefined} signUp={signUp} />
    </MantineProvider>,
  );

const buttons = () => screen.getAllByRole('button').flatMap(({ textContent }) => textContent || []);

describe('the sign-in form', () => {
  it('offers an account where anybody may make one', () => {
    show('open');
    expect(buttons()).toEqual(['Sign in', 'Create an account']);
  });

  it('asks the first of all for an account, since nobody can sign in yet', () => {
    show('first');
    expect(screen.getByLabelText(/^Name/)).toBeDefined();
    expect(buttons()).toEqual(['Create account']);
  });

  it('says where an account comes from when nobody may make one', () => {
    show('closed');
    expect(buttons()).toEqual(['Sign in']);
    expect(screen.getByText(/Ask them for one/)).toBeDefined();
  });

  it('sent before its script has come, it keeps the password out of the address and so out of logs', () => {
    show('open');
    expect(screen.getByRole('form').getAttribute('method')).toBe('post');
  });
});
