// SPDX-License-Identifier: MPL-2.0

package redactserver

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/vmihailenco/msgpack/v5"
	"github.com/vmihailenco/msgpack/v5/msgpcode"

	"github.com/gocobalt/terraform-provider-refold/internal/refold/redact"
)

// schemas are, by type, where in the values of objects there are secrets or names.
type schemas struct {
	provider                                                   *places
	resources, dataSources, ephemeralResources, lists, actions map[string]*places
}

// known asks the provider for its schemas, once.
func (s *server) known(ctx context.Context) *schemas {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.schemas != nil {
		return s.schemas
	}
	offered, err := s.next.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		// The CLI meets the same error, and goes no further.
		return &schemas{}
	}
	s.schemas = &schemas{
		provider:           placesOf(offered.Provider),
		resources:          placesOfAll(offered.ResourceSchemas),
		dataSources:        placesOfAll(offered.DataSourceSchemas),
		ephemeralResources: placesOfAll(offered.EphemeralResourceSchemas),
		lists:              placesOfAll(offered.ListResourceSchemas),
		actions:            map[string]*places{},
	}
	for name, action := range offered.ActionSchemas {
		s.schemas.actions[name] = placesOf(action.Schema)
	}
	return s.schemas
}

func placesOfAll(schemas map[string]*tfprotov6.Schema) map[string]*places {
	all := map[string]*places{}
	for name, schema := range schemas {
		all[name] = placesOf(schema)
	}
	return all
}

// places say what in a value is secret or a name. Nil is a value with neither.
type places struct {
	// isSecret is true where all texts within are.
	isSecret bool
	// isName is true for the id of an object, or its environment, which messages name.
	isName bool
	// hasNames is true for a map whose keys are such ids.
	hasNames bool
	// attributes are by name.
	attributes map[string]*places
	// elements are of a list, a set or a map.
	elements *places
}

func (p *places) orNil() *places {
	if p.isSecret || p.isName || p.hasNames || p.elements != nil || len(p.attributes) > 0 {
		return p
	}
	return nil
}

func placesOf(schema *tfprotov6.Schema) *places {
	if schema == nil {
		return nil
	}
	return placesOfBlock(schema.Block)
}

func placesOfBlock(block *tfprotov6.SchemaBlock) *places {
	if block == nil {
		return nil
	}
	within := placesOfAttributes(block.Attributes)
	for _, nested := range block.BlockTypes {
		inner := placesOfBlock(nested.Block)
		if nested.Nesting != tfprotov6.SchemaNestedBlockNestingModeSingle && nested.Nesting != tfprotov6.SchemaNestedBlockNestingModeGroup && inner != nil {
			inner = &places{elements: inner}
		}
		if inner != nil {
			within.attributes[nested.TypeName] = inner
		}
	}
	return within.orNil()
}

func placesOfAttributes(attributes []*tfprotov6.SchemaAttribute) *places {
	within := &places{attributes: map[string]*places{}}
	for _, attribute := range attributes {
		if found := placesOfAttribute(attribute); found != nil {
			within.attributes[attribute.Name] = found
		}
	}
	return within
}

func placesOfAttribute(attribute *tfprotov6.SchemaAttribute) *places {
	switch {
	case attribute.Sensitive || attribute.WriteOnly:
		return &places{isSecret: true}
	case attribute.NestedType == nil:
		isID := attribute.Name == "id" || strings.HasSuffix(attribute.Name, "_id") || attribute.Name == "environment"
		return (&places{isName: isID && attribute.Type.Is(tftypes.String), hasNames: isMapOfObjects(attribute.Type)}).orNil()
	}
	inner := placesOfAttributes(attribute.NestedType.Attributes).orNil()
	switch attribute.NestedType.Nesting {
	case tfprotov6.SchemaObjectNestingModeSingle:
		return inner
	case tfprotov6.SchemaObjectNestingModeMap:
		return &places{hasNames: true, elements: inner}
	}
	return (&places{elements: inner}).orNil()
}

func isMapOfObjects(attributeType tftypes.Type) bool {
	typed, isMap := attributeType.(tftypes.Map)
	if !isMap {
		return false
	}
	_, isObject := typed.ElementType.(tftypes.Object)
	return isObject
}

// meeting is where the values of a message are met.
type meeting struct {
	secrets *redact.Secrets
	// isRequest is true for what users have written, or seen. A name that only a server has said
	// may be made of a secret.
	isRequest bool
}

// meetValue adds what is secret in a value, and names. A value that cannot be read is the business
// of the provider, which is about to read it.
func (p *places) meetValue(value *tfprotov6.DynamicValue, from meeting) {
	switch {
	case p == nil || value == nil:
	case value.MsgPack != nil:
		decoder := msgpack.NewDecoder(bytes.NewReader(value.MsgPack))
		_ = p.meetMsgPack(decoder, from)
	default:
		p.meetJSON(value.JSON, from)
	}
}

// meetState is meetValue for a state as it is stored.
func (p *places) meetState(state *tfprotov6.RawState, from meeting) {
	if p != nil && state != nil {
		p.meetJSON(state.JSON, from)
	}
}

// meetMsgPack skips what is neither secret nor a name, which is most of a large value.
func (p *places) meetMsgPack(decoder *msgpack.Decoder, from meeting) error {
	code, err := decoder.PeekCode()
	if err != nil {
		return err
	}
	switch {
	case p == nil:
		return decoder.Skip()
	case msgpcode.IsString(code):
		text, err := decoder.DecodeString()
		p.meetText(text, from)
		return err
	case msgpcode.IsFixedMap(code) || code == msgpcode.Map16 || code == msgpcode.Map32:
		return p.meetMap(decoder, from)
	case msgpcode.IsFixedArray(code) || code == msgpcode.Array16 || code == msgpcode.Array32:
		return p.meetList(decoder, from)
	}
	return decoder.Skip()
}

func (p *places) meetMap(decoder *msgpack.Decoder, from meeting) error {
	length, err := decoder.DecodeMapLen()
	for range length {
		if err != nil {
			return err
		}
		var key string
		if p.needsKeys() {
			key, err = decoder.DecodeString()
		} else {
			err = decoder.Skip()
		}
		if err == nil {
			p.meetKey(key, from)
			err = p.within(key).meetMsgPack(decoder, from)
		}
	}
	return err
}

func (p *places) meetList(decoder *msgpack.Decoder, from meeting) error {
	length, err := decoder.DecodeArrayLen()
	for range length {
		if err != nil {
			return err
		}
		err = p.element().meetMsgPack(decoder, from)
	}
	return err
}

// meetJSON leaves what cannot be read to the provider, as meetValue does.
func (p *places) meetJSON(value []byte, from meeting) {
	if p == nil {
		return
	}
	var text string
	if json.Unmarshal(value, &text) == nil {
		p.meetText(text, from)
		return
	}
	var object map[string]json.RawMessage
	if json.Unmarshal(value, &object) == nil {
		for key, inner := range object {
			p.meetKey(key, from)
			p.within(key).meetJSON(inner, from)
		}
		return
	}
	var list []json.RawMessage
	if json.Unmarshal(value, &list) == nil {
		for _, inner := range list {
			p.element().meetJSON(inner, from)
		}
	}
}

func (p *places) meetText(text string, from meeting) {
	switch {
	case p.isSecret:
		from.secrets.Add(text)
	case p.isName && from.isRequest:
		from.secrets.AddPublic(text)
	}
}

func (p *places) meetKey(key string, from meeting) {
	if p.hasNames && from.isRequest {
		from.secrets.AddPublic(key)
	}
}

func (p *places) needsKeys() bool { return p.hasNames || p.attributes != nil }

// within is what an attribute of an object, or an element of a map, is.
func (p *places) within(key string) *places {
	if p.attributes == nil {
		return p.element()
	}
	return p.attributes[key]
}

func (p *places) element() *places {
	if p.isSecret {
		return p
	}
	return p.elements
}
