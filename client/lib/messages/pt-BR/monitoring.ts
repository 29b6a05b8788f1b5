export const monitoring = { nav: 'Painel' }
