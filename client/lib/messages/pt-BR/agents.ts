export const agents = { tools: 'Ferramentas' }
