// First: nothing may write into the page before the policy stands.
import './app/trustedTypes';
import './app/schemasWithoutEval';
import '@fontsource-variable/inter/index.css';
import '@mantine/core/styles.css';
import './ui/kit.css';
import './app/app.css';
import { MantineProvider } from '@mantine/core';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { styleNonce } from './app/styleNonce';
import { cssVariablesResolver, theme } from './ui/theme';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

createRoot(root).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      defaultColorScheme="auto"
      getStyleNonce={() => styleNonce}
    >
      <App />
    </MantineProvider>
  </StrictMode>,
);
