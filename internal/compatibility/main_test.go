// SPDX-License-Identifier: MPL-2.0

package main

import (
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
)

func TestMain(m *testing.M) { acctest.Main(m) }
