// SPDX-License-Identifier: MPL-2.0

package main

import (
	"encoding/json"
	"fmt"
	"strings"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/zclconf/go-cty/cty"
)

func convertSchema(schema *tfprotov6.Schema) (*tfjson.Schema, error) {
	if schema == nil {
		return nil, fmt.Errorf("there is no schema")
	}
	block, err := convertBlock(schema.Block)
	if err != nil {
		return nil, err
	}
	return &tfjson.Schema{Version: uint64(schema.Version), Block: block}, nil
}

func convertAction(action *tfprotov6.ActionSchema) (*tfjson.ActionSchema, error) {
	schema, err := convertSchema(action.Schema)
	if err != nil {
		return nil, err
	}
	return &tfjson.ActionSchema{Block: schema.Block}, nil
}

func convertBlock(block *tfprotov6.SchemaBlock) (*tfjson.SchemaBlock, error) {
	attributes, err := convertAttributes(block.Attributes)
	if err != nil {
		return nil, err
	}
	converted := &tfjson.SchemaBlock{
		Attributes:      attributes,
		Description:     block.Description,
		DescriptionKind: descriptionKind(block.DescriptionKind),
		Deprecated:      block.Deprecated,
	}
	for _, nested := range block.BlockTypes {
		inner, err := convertBlock(nested.Block)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", nested.TypeName, err)
		}
		if converted.NestedBlocks == nil {
			converted.NestedBlocks = map[string]*tfjson.SchemaBlockType{}
		}
		converted.NestedBlocks[nested.TypeName] = &tfjson.SchemaBlockType{
			NestingMode: nestingMode(nested.Nesting),
			Block:       inner,
			MinItems:    uint64(nested.MinItems),
			MaxItems:    uint64(nested.MaxItems),
		}
	}
	return converted, nil
}

func convertAttributes(attributes []*tfprotov6.SchemaAttribute) (map[string]*tfjson.SchemaAttribute, error) {
	if len(attributes) == 0 {
		return nil, nil
	}
	converted := make(map[string]*tfjson.SchemaAttribute, len(attributes))
	for _, attribute := range attributes {
		var err error
		if converted[attribute.Name], err = convertAttribute(attribute); err != nil {
			return nil, fmt.Errorf("%s: %w", attribute.Name, err)
		}
	}
	return converted, nil
}

func convertAttribute(attribute *tfprotov6.SchemaAttribute) (*tfjson.SchemaAttribute, error) {
	converted := &tfjson.SchemaAttribute{
		Description:     attribute.Description,
		DescriptionKind: descriptionKind(attribute.DescriptionKind),
		Deprecated:      attribute.Deprecated,
		Required:        attribute.Required,
		Optional:        attribute.Optional,
		Computed:        attribute.Computed,
		Sensitive:       attribute.Sensitive,
		WriteOnly:       attribute.WriteOnly,
	}
	if attribute.NestedType == nil {
		var err error
		converted.AttributeType, err = convertType(attribute.Type)
		return converted, err
	}
	inner, err := convertAttributes(attribute.NestedType.Attributes)
	converted.AttributeNestedType = &tfjson.SchemaNestedAttributeType{
		Attributes:  inner,
		NestingMode: nestingMode(attribute.NestedType.Nesting),
	}
	return converted, err
}

func convertIdentity(schema *tfprotov6.ResourceIdentitySchema) (*tfjson.IdentitySchema, error) {
	converted := &tfjson.IdentitySchema{Version: uint64(schema.Version), Attributes: map[string]*tfjson.IdentityAttribute{}}
	for _, attribute := range schema.IdentityAttributes {
		identityType, err := convertType(attribute.Type)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", attribute.Name, err)
		}
		converted.Attributes[attribute.Name] = &tfjson.IdentityAttribute{
			IdentityType:      identityType,
			Description:       attribute.Description,
			RequiredForImport: attribute.RequiredForImport,
			OptionalForImport: attribute.OptionalForImport,
		}
	}
	return converted, nil
}

func convertFunction(function *tfprotov6.Function) (*tfjson.FunctionSignature, error) {
	if function.Return == nil {
		return nil, fmt.Errorf("the function returns nothing")
	}
	returned, err := convertType(function.Return.Type)
	if err != nil {
		return nil, fmt.Errorf("return type: %w", err)
	}
	converted := &tfjson.FunctionSignature{
		Description:        function.Description,
		Summary:            function.Summary,
		DeprecationMessage: function.DeprecationMessage,
		ReturnType:         returned,
	}
	for _, parameter := range function.Parameters {
		one, err := convertParameter(parameter)
		if err != nil {
			return nil, err
		}
		converted.Parameters = append(converted.Parameters, one)
	}
	if function.VariadicParameter != nil {
		converted.VariadicParameter, err = convertParameter(function.VariadicParameter)
	}
	return converted, err
}

func convertParameter(parameter *tfprotov6.FunctionParameter) (*tfjson.FunctionParameter, error) {
	parameterType, err := convertType(parameter.Type)
	if err != nil {
		return nil, fmt.Errorf("parameter %s: %w", parameter.Name, err)
	}
	return &tfjson.FunctionParameter{
		Name:        parameter.Name,
		Description: parameter.Description,
		IsNullable:  parameter.AllowNullValue,
		Type:        parameterType,
	}, nil
}

// convertType goes through JSON, the one notation of types that both libraries have.
func convertType(from tftypes.Type) (cty.Type, error) {
	if from == nil {
		return cty.NilType, fmt.Errorf("there is no type")
	}
	text, err := json.Marshal(from)
	if err != nil {
		return cty.NilType, fmt.Errorf("write type %s as JSON: %w", from, err)
	}
	var converted cty.Type
	if err := json.Unmarshal(text, &converted); err != nil {
		return cty.NilType, fmt.Errorf("read type %s from JSON: %w", from, err)
	}
	return converted, nil
}

func descriptionKind(kind tfprotov6.StringKind) tfjson.SchemaDescriptionKind {
	if kind == tfprotov6.StringKindMarkdown {
		return tfjson.SchemaDescriptionKindMarkdown
	}
	return tfjson.SchemaDescriptionKindPlain
}

// nestingMode serves blocks and nested attributes: protocol and JSON have the same names for their
// modes.
func nestingMode(mode fmt.Stringer) tfjson.SchemaNestingMode {
	return tfjson.SchemaNestingMode(strings.ToLower(mode.String()))
}
