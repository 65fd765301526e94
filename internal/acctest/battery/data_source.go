// SPDX-License-Identifier: MPL-2.0

package battery

import (
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
)

// DataSource registers a data source.
type DataSource struct {
	// Type is its name, such as refold_linked_account.
	Type string
	// World starts a Refold that has what Config selects; it needs a Handler only.
	World func(T) World
	// Config is a configuration, and Shows what the data source then has in some of its attributes.
	Config, Shows Attributes
	// Unknown selects what does not exist. That is an error, unless ShowsNothing says
	// what the data source has then.
	Unknown, ShowsNothing Attributes
	// Invalid are configurations that are refused before Refold is asked.
	Invalid []Attributes
	// Live is what it takes to try it at a real Refold.
	Live Live
}

func (d DataSource) typeName() string { return d.Type }

func (d DataSource) world(t T) World { return d.World(t) }

func (d DataSource) config() Attributes { return d.Config }

func (d DataSource) invalid() []Attributes { return d.Invalid }

func (d DataSource) attempt(b *bench, process *acctest.Protocol, attributes Attributes) diagnostics {
	b.Helper()
	_, met := b.readDataSource(process, d, attributes)
	return met
}

// dataSourceCases are the battery of a data source.
func dataSourceCases() []testCase[DataSource] {
	return slices.Concat([]testCase[DataSource]{
		{name: "read", run: readDataSource, live: true},
		{name: "unknown object", run: unknownToDataSource, live: true},
	}, readerCases[DataSource]())
}

func (b *bench) readDataSource(process *acctest.Protocol, d DataSource, attributes Attributes) (map[string]tftypes.Value, diagnostics) {
	b.Helper()
	return process.ReadDataSource(d.Type, b.values(dataSourceType(process, d), attributes))
}

func dataSourceType(process *acctest.Protocol, d DataSource) tftypes.Type {
	return process.Schema().DataSourceSchemas[d.Type].ValueType()
}

func readDataSource(b *bench, d DataSource) {
	if len(d.Shows) == 0 {
		b.Errorf("the registration does not say what the data source shows")
	}
	b.shows(d, d.Config, d.Shows)
	b.wroteNothing("reading a data source")
}

// unknownToDataSource is an error, or an empty result where many are selected.
func unknownToDataSource(b *bench, d DataSource) {
	if d.ShowsNothing != nil {
		b.shows(d, d.Unknown, d.ShowsNothing)
		return
	}
	b.failed("reading what does not exist", d.attempt(b, b.process(), d.Unknown))
}

// shows checks some attributes of what a data source reads.
func (b *bench) shows(d DataSource, config, want Attributes) {
	b.Helper()
	process := b.process()
	got, met := b.readDataSource(process, d, config)
	b.succeeded("reading the data source", met)
	for name, value := range b.values(dataSourceType(process, d), want) {
		if !got[name].Equal(value) {
			b.Errorf("%s is %s, want %s", name, got[name], value)
		}
	}
}
