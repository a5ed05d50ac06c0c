import { config } from 'zod';

// The window's policy lets nobody make code from text; unless told so, zod tries at the first schema.
config({ jitless: true });
