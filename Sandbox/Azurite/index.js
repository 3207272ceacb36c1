// Azurite looks for each entity through the whole of its table. With a hundred thousand of them that is what a benchmark
// would measure; the real service has an index by key, and so has this.
{
  const { Collection } = require(require.resolve('lokijs', { paths: [process.argv[1]] }));
  const keys = Symbol('keys');
  const keyOf = entity => `${entity.PartitionKey}\0${entity.RowKey}`;
  const { findOne } = Collection.prototype;
  Collection.prototype.findOne = function (query) {
    if (Object.keys(query ?? {}).join() !== 'PartitionKey,RowKey')
      return findOne.call(this, query);
    if (!this[keys]) {
      const known = this[keys] = new Map(this.data.map(entity => [keyOf(entity), entity]));
      this.on('insert', entities => [entities].flat().forEach(entity => known.set(keyOf(entity), entity)));
      this.on('update', entity => known.set(keyOf(entity), entity));
      this.on('delete', entity => known.delete(keyOf(entity)));
    }
    return this[keys].get(keyOf(query)) ?? null;
  };
}
