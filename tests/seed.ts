import fc from 'fast-check';

// The same random cases in every run, so that a change is what turns a run red. FAST_CHECK_SEED draws others.
fc.configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 20_260_101) });
