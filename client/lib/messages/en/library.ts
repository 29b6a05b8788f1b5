export const library = { nav: 'Library' }
