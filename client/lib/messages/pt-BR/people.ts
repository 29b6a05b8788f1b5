export const people = { nav: 'Tarefas' }
