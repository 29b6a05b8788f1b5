import { config } from 'zod'

// Zod tries whether it may make functions from text. The page's policy forbids that, and each try shows in the console.
config({ jitless: true })
