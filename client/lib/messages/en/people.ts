export const people = { nav: 'Tasks' }
