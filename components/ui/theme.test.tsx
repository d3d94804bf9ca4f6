import { Button, MantineProvider } from '@mantine/core';
import { render } from '@testing-library/react';
import { expect, it } from 'vitest';
import { theme } from './theme';

it('keeps the sign of waiting in the middle of a button, also without movement', () => {
  const { container } = render(
    <MantineProvider theme={theme} env="test">
      <Button loading>Save</Button>
    </MantineProvider>,
  );
  const sign = container.querySelector<HTMLElement>('.mantine-Button-loader');
  expect(sign?.style.transform).toBe('translate(-50%, -50%)');
});
