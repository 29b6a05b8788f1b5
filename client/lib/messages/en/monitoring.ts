export const monitoring = { nav: 'Dashboard' }
