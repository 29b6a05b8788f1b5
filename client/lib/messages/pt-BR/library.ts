export const library = { nav: 'Biblioteca' }
