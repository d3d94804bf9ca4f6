// Short forms for the leaves that metrics are written with.

export const slice = <T extends object>(leaf: T) => ({ scope: 'slice' as const, ...leaf });
export const promoted = <T extends object>(leaf: T) => ({ scope: 'promoted' as const, ...leaf });
export const market = <T extends object>(leaf: T) => ({ scope: 'market' as const, ...leaf });
export const all = <T extends object>(leaf: T) => ({ scope: 'all' as const, ...leaf });
