// The browser tests. The server and the simulators run already: .ci/browser.sh starts them and gives their addresses.
import { defineConfig } from '@playwright/test';

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const desktop = { viewport: { width: 1440, height: 900 } };

/** Specs with a project of their own. */
const apart = /(import|no_scripts|screenshots|sleep)\.spec\.ts/;

export default defineConfig({
  testDir: 'tests',
  outputDir: 'test-results',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  timeout: 30_000,
  expect: { timeout: 10_000 },
  reporter: process.env.CI ? [['line']] : [['list']],
  use: {
    baseURL: process.env.APP_URL,
    browserName: 'chromium',
    timezoneId: 'Europe/Moscow',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-quic',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'phone', testIgnore: apart, use: { ...phone, colorScheme: 'light', locale: 'ru-RU' } },
    { name: 'desktop', testIgnore: apart, use: { ...desktop, colorScheme: 'dark', locale: 'en-US' } },
    {
      name: 'no-scripts',
      testMatch: /no_scripts\.spec\.ts/,
      use: { ...phone, colorScheme: 'light', locale: 'ru-RU', javaScriptEnabled: false },
    },
    { name: 'import', testMatch: /import\.spec\.ts/, use: { ...phone, colorScheme: 'light', locale: 'ru-RU' } },
    { name: 'sleep', testMatch: /sleep\.spec\.ts/, use: { ...phone, colorScheme: 'light', locale: 'ru-RU' } },
    { name: 'screenshots', testMatch: /screenshots\.spec\.ts/, use: { contextOptions: { reducedMotion: 'reduce' } } },
  ],
});
