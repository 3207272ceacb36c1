// Reads {tables: {name: schema}, queries: [text]} from standard input, prints what the parser finds: [[message]].
require('@kusto/language-service-next/bridge.min.js');
require('@kusto/language-service-next/Kusto.Language.Bridge.min.js');

const { KustoCode, GlobalState, Symbols } = Kusto.Language;
const { tables, queries } = JSON.parse(require('fs').readFileSync(0, 'utf8'));

const members = new (System.Collections.Generic.List$1(Symbols.Symbol).ctor)();
for (const [name, schema] of Object.entries(tables)) {
  members.add(new Symbols.TableSymbol.$ctor7(name, schema, null));
}

// Closed: a name that is not in the schema is an error and not a guess.
const database = new Symbols.DatabaseSymbol.$ctor3('workspace', null, members, false);
const globals = GlobalState.Default.WithDatabase(database);

console.log(JSON.stringify(queries.map(text => {
  const found = KustoCode.ParseAndAnalyze(text, globals).GetDiagnostics();
  return Array.from({ length: found.Count }, (_, index) => found.getItem(index))
    .map(item => `${item.Severity} ${item.Code} at ${item.Start}: ${item.Message}`);
})));
