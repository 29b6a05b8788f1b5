/** What a run did to the world outside. */
export const effects = {
  title: 'Effects outside',
  unknown: '{count, plural, one {# of them unknown} other {# of them unknown}}',
  help: 'What this run changed outside, or may have. Each carries its key on every attempt.',
  more: '{count, plural, one {And # more} other {And # more}}',
  attempts: '{count, plural, one {# attempt} other {# attempts}}',
  key: 'Copy the key',
  keyElsewhere: 'Its key is that of the run it was done in.',
  failed: 'What this run did outside could not be read.',
  outcome: {
    running: 'Under way',
    waiting: 'Waiting',
    done: 'Done',
    failed: 'Did not happen',
    unknown: 'Nobody knows whether it happened',
    undone: 'Undone',
    undo_failed: 'Done, and could not be undone',
    reused: 'Done in the run it was taken from',
  },
} as const
