// Bundles the React shop for the browser, with Stripe's packages as npm has them: node react/build.mjs <file to write>
import { build } from 'esbuild';

await build({
  entryPoints: ['react/shop.jsx'],
  outfile: process.argv[2],
  bundle: true,
  format: 'iife',
  jsx: 'automatic',
  // Only React's development build mounts twice under StrictMode.
  define: { 'process.env.NODE_ENV': '"development"' },
  logLevel: 'warning',
});
